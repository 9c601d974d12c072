import './styles/base.css'
import { render } from 'preact'
import { follow } from './address'
import { Page } from './Page'

follow()
render(<Page />, document.getElementById('page')!)
